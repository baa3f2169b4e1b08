package stream

// Look changes how the streams show messages.
type Look struct{ Options Options }

// Resume ends a pause at the newest message.
type Resume struct{}

func (Look) Intent() {}

func (Resume) Intent() {}
