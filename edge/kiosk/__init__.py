"""The pages that a citizen touches, one module per step."""

from edge.kiosk.app import create_kiosk

__all__ = ["create_kiosk"]
