"""The editor of residents' words: what they ask beside the words of services, and what a change would do."""
