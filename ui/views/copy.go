package views

// Copy puts text on the clipboard. What names it, for the message that says so.
type Copy struct{ What, Text string }

func (Copy) intent() {}
