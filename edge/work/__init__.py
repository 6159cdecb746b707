"""What goes on without anyone waiting: durable jobs and the house's own chores."""
