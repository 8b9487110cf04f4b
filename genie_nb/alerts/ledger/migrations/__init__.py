"""From each revision of the ledger to the next."""
