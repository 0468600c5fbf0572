"""The models of the zoo as they are seen: a ladder of sizes, one model in detail, and everything as text."""
