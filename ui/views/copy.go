package views

// Copy asks to put a text on the clipboard, exactly as it is. What says what it
// is, for the log: "payload of orders.eu".
type Copy struct{ What, Text string }

func (Copy) intent() {}
