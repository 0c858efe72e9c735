"""What feeds what: links between applications, and which source is the right one."""
