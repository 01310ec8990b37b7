"""The equilibrium: kernels, trade, hubs, migration, solver and tangent."""
