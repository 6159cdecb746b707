"""The wire between a service point and the hub, spoken by both ends. Pure."""
