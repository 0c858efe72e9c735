"""What is typed about an application, checked: values of a group (values.py), where they come from (origin.py), parts
(parts.py), approvals (approvals.py), extra attributes (attributes.py)."""
