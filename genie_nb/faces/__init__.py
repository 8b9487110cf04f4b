"""The ways in: notebook, terminal, chat, agents."""
