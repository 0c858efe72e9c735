"""How complete and how fit each application is: completeness, checks, levels, TIME, cost per function, due dates."""
