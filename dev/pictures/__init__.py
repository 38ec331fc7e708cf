"""Pictures of the documentation that take more than the demo."""
