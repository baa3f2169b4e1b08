package pattern

import "strings"

// Foreign reports whether a name looks like a pattern of some broker: of this one, or of
// MQTT, AMQP or Redis, where a level is + and the rest is #. A broker that knows none takes
// it for the name of a topic.
func Foreign(name string) bool {
	if strings.ContainsAny(name, "*#>") {
		return true
	}
	for level := range strings.FieldsFuncSeq(name, isSeparator) {
		if level == "+" {
			return true
		}
	}
	return false
}

func isSeparator(r rune) bool { return r == '.' || r == '/' }

// Meant reports whether a topic is one of those that somebody means who writes a foreign
// pattern: each of * + # > stands for any text, and a slash is as good as a dot.
func Meant(foreign, topic string) bool {
	parts := strings.FieldsFunc(strings.ReplaceAll(foreign, "/", "."), func(r rune) bool { return strings.ContainsRune("*+#>", r) })
	topic = strings.ReplaceAll(topic, "/", ".")
	open := func(at int) bool { return strings.ContainsRune("*+#>", rune(foreign[at])) }
	if foreign == "" || len(parts) == 0 {
		return foreign != ""
	}
	if first := parts[0]; !open(0) {
		if !strings.HasPrefix(topic, first) {
			return false
		}
		topic, parts = topic[len(first):], parts[1:]
	}
	var last string
	if n := len(parts); n > 0 && !open(len(foreign)-1) {
		last, parts = parts[n-1], parts[:n-1]
	}
	for _, part := range parts {
		i := strings.Index(topic, part)
		if i < 0 {
			return false
		}
		topic = topic[i+len(part):]
	}
	return strings.HasSuffix(topic, last)
}
