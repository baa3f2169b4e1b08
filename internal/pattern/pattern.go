package pattern

import (
	"errors"
	"strings"
)

// ErrRest says that > stands for a level in the middle, where it means nothing.
var ErrRest = errors.New(`">" stands for all further levels and has to be the last one`)

const (
	one  = "*"
	rest = ">"
)

// Is reports whether name is a pattern, and not a topic.
func Is(name string) bool {
	if strings.IndexByte(name, '*') < 0 && strings.IndexByte(name, '>') < 0 {
		return false
	}
	for more := true; more; {
		var level string
		if level, name, more = strings.Cut(name, "."); level == one || level == rest {
			return true
		}
	}
	return false
}

// Check returns what is wrong with a pattern.
func Check(pattern string) error {
	if pattern == rest {
		return nil
	}
	if strings.HasPrefix(pattern, rest+".") || strings.Contains(pattern, "."+rest+".") {
		return ErrRest
	}
	return nil
}

// Matches reports whether a topic, whose levels all mean themselves, is one of pattern.
func Matches(pattern, topic string) bool {
	for {
		want, wants, moreWants := strings.Cut(pattern, ".")
		if want == rest && !moreWants {
			return true
		}
		has, others, more := strings.Cut(topic, ".")
		if want != one && want != has || moreWants != more {
			return false
		}
		if !more {
			return true
		}
		pattern, topic = wants, others
	}
}

// Covers reports whether all that part, a pattern or a topic, matches whole matches too.
func Covers(whole, part string) bool {
	for {
		want, wants, moreWants := strings.Cut(whole, ".")
		if want == rest && !moreWants {
			return true
		}
		has, others, more := strings.Cut(part, ".")
		if has == rest && !more || want != one && want != has || moreWants != more {
			return false
		}
		if !more {
			return true
		}
		whole, part = wants, others
	}
}
