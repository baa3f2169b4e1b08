// Package format is how messages are printed for shells and people: text, JSON, payloads
// alone, or a template. It knows neither flags nor the broker; it may import what makes
// words and numbers of something. Begin reading at [New]; template.go has what templates
// can do, value.go what the payload's JSON is for them.
package format
