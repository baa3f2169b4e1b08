package views

// WatchField asks to watch a field of the JSON payloads of a topic. Path is in the
// syntax of jq.
type WatchField struct{ Topic, Path string }

func (WatchField) intent() {}
