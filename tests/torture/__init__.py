"""Faults on purpose: processes killed at random moments, a daemon through two simulated days of trouble."""
