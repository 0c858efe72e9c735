"""Who may open which screen: audiences, permissions, roles, the mark `@screen` and the middleware that obeys it."""
