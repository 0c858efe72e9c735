"""The editor of service standards: drafts of the parts, and the road of a draft to the public page."""
