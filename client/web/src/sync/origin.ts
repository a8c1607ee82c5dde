// The transaction origin of this person's own edits. The model wraps every write in it, the undo
// manager tracks it, and the save state counts it. Remote edits carry the provider as origin.
export const LOCAL: unique symbol = Symbol('cairn.local');
