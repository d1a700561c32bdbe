-- Where a range of another axis begins in the order is now found at the ends of indexes (axis.ts).
drop function ledger_first_block(text, text, bigint[], int, bigint[], int);
