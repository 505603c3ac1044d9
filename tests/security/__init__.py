"""What strangers, wrong roles, other tenants and hostile input may not reach or break."""
