"""The results of bolang for agents: ten tools over the same documents as the terminal and the browser."""
