package views

// Copy puts text on the clipboard. What says what it is: a message, a line.
type Copy struct{ What, Text string }

func (Copy) intent() {}
