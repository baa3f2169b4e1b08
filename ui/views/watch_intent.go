package views

// WatchField asks to watch a JSON field of the messages of a topic; Path is a jq
// path, as .order.amount. An empty Topic is all topics.
type WatchField struct{ Topic, Path string }

func (WatchField) intent() {}
