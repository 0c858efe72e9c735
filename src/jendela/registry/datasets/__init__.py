"""The data that applications hold, in the sense of Satu Data Indonesia (Perpres 39/2019)."""
