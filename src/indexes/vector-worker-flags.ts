/** Places in the memory that a vector worker shares with whoever started it: the starter sets STOP, */
export const STOP = 0;
/** and the worker sets DONE once it calls native code no more. */
export const DONE = 1;
