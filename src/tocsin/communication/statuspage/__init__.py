"""What the public sees: pages, their incidents, and who hears of them."""
