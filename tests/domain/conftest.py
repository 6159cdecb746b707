"""Hypothesis on machines that do other work at the same time: slow is no fault, wrong is."""

from hypothesis import HealthCheck, settings

settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")
