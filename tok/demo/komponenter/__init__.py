"""The form pack and the other pieces of the pages, each in every state, made of real forms (issue 3)."""
