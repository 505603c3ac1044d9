"""What tests stand on: servers, browsers and recordings found or started on demand."""
