// Carries the precompiled header of the window tests.
