package payload

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"joltui/internal/cli/arg"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/process"
	"joltui/internal/human"
	"joltui/internal/publisher"
	"joltui/internal/record"
	"joltui/internal/template"
	"joltui/jolt"
)

// maxPayload is the longest payload that is read, in bytes; brokers take less.
const maxPayload = 64 << 20

// Flags say what the messages are made of.
type Flags struct {
	File      string // that is published, or whose lines are; empty is none
	lines     bool
	jsonLines bool
	null      bool
	From      int64 // the first line that is published; the first of all is 1
	template  bool
	Count     int // how many times it is published; 0 goes on
}

// Flags adds them to those of a command.
func (f *Flags) Flags(fs *pflag.FlagSet) {
	fs.VarP((*arg.Path)(&f.File), "file", "f", arg.FileUsage)
	fs.BoolVarP(&f.lines, "lines", "l", false, "make a message of each line of stdin, or of --file")
	fs.BoolVar(&f.jsonLines, "json-lines", false, "as --lines, of what joltui sub --json prints: each line names its own topic")
	fs.BoolVarP(&f.null, "null", "0", false, "as --lines, of texts that end with a NUL byte, as joltui sub -r -0 prints them")
	fs.Int64Var(&f.From, "from-line", 1, "leave out the lines before this one: to go on where it ended")
	fs.BoolVar(&f.template, "expand", false, "replace {{.Count}} and the like in each message")
	f.Count = 1
	fs.VarP(arg.Count[int]{To: &f.Count}, "count", "n", "publish it this many times; 0 goes on")
}

// each reports whether there is a message of each line of an input.
func (f *Flags) each() bool { return f.lines || f.jsonLines || f.null }

// Messages are the messages to be published, one after the other.
type Messages struct {
	io.Closer
	Single bool // there is only one
	Lines  bool // they come from lines
	Total  int  // 0 is not known
	// Next returns the next message, io.EOF after the last one. It returns early when the
	// context ends.
	Next func(context.Context) (publisher.Message, error)
}

func (f *Flags) check(args []string) error {
	switch {
	case f.jsonLines && len(args) > 0:
		return exit.Usagef("--json-lines has a topic in each line, but %q was named", args[0])
	case f.jsonLines && f.null:
		return exit.Usagef("--json-lines and --null exclude each other")
	case f.jsonLines:
	case len(args) == 0:
		return exit.Usagef("joltui pub needs a topic; see joltui pub --help")
	case args[0] == "" || arg.InvalidAt(args[0]) >= 0:
		return arg.ErrNoTopic
	case f.File != "" && len(args) > 1:
		return exit.Usagef("--file and a payload exclude each other")
	case f.File == "" && len(args) == 1 && !f.each():
		return exit.Usagef("nothing to publish: give a payload, - for stdin, --lines or --file; '' is an empty payload")
	case f.each() && len(args) > 1 && args[1] != "-":
		return exit.Usagef("--lines reads stdin or --file: leave the payload out")
	}
	switch {
	case f.each() && f.Count != 1:
		return exit.Usagef("--lines and --count exclude each other")
	case f.each() && f.template:
		return exit.Usagef("--lines and --expand exclude each other")
	case f.From < 1:
		return exit.Usagef("--from-line %d: the first line is 1", f.From)
	case f.From > 1 && !f.each():
		return exit.Usagef("--from-line is of use only with --lines")
	}
	return nil
}

// Open finds what is to be published, by the topic and the payload that were named.
func (f *Flags) Open(env process.Env, args []string) (*Messages, error) {
	if err := f.check(args); err != nil {
		return nil, err
	}
	topic := ""
	if len(args) > 0 {
		topic = args[0]
	}
	if !f.each() && f.File == "" && args[1] != "-" {
		return f.repeated(topic, args[1])
	}
	input, name := io.ReadCloser(io.NopCloser(env.Stdin)), "stdin"
	if f.File != "" {
		file, err := os.Open(f.File)
		if err != nil {
			return nil, exit.Usagef("--file: %w", err)
		}
		input, name = file, f.File
	}
	if f.each() {
		return f.ofLines(topic, input), nil
	}
	defer input.Close()
	data, err := io.ReadAll(io.LimitReader(input, maxPayload+1))
	switch {
	case err != nil:
		return nil, exit.Usagef("%s: %w", name, err)
	case len(data) > maxPayload:
		return nil, exit.Usagef("%s is longer than %s", name, human.Bytes(maxPayload))
	}
	return f.repeated(topic, string(data))
}

// repeated is one payload, as often as was asked for.
func (f *Flags) repeated(topic, data string) (*Messages, error) {
	if i := arg.InvalidAt(data); i >= 0 {
		return nil, exit.Usagef("the payload is not valid UTF-8 at byte %d: the protocol carries text", i+1)
	}
	fill, err := f.fill(data)
	if err != nil {
		return nil, err
	}
	n := 0
	return &Messages{Closer: io.NopCloser(nil), Single: f.Count == 1, Total: f.Count, Next: func(context.Context) (publisher.Message, error) {
		if f.Count > 0 && n == f.Count {
			return publisher.Message{}, io.EOF
		}
		n++
		data, err := fill(uint64(n))
		return publisher.Message{Topic: topic, Data: data}, err
	}}, nil
}

// fill returns what makes message n of a payload.
func (f *Flags) fill(data string) (func(n uint64) (string, error), error) {
	if !f.template {
		return func(uint64) (string, error) { return data, nil }, nil
	}
	t, err := template.Parse(data)
	if err != nil {
		return nil, exit.Usagef("--expand: %w", err)
	}
	var seed [32]byte
	for i := range seed {
		seed[i] = byte(rand.Uint32())
	}
	source := template.Source{Now: time.Now, Random: rand.NewChaCha8(seed)}
	return func(n uint64) (string, error) { return t.Execute(n, source) }, nil
}

// ofLines is a message of each line of input. Line ends do not belong to it.
func (f *Flags) ofLines(topic string, file io.ReadCloser) *Messages {
	end := byte('\n')
	if f.null {
		end = 0
	}
	input := publisher.NewInput(file, end, maxPayload)
	next := func(ctx context.Context) (publisher.Message, error) {
		for {
			text, line, err := input.Next(ctx)
			switch {
			case errors.Is(err, publisher.ErrLongLine):
				return publisher.Message{}, fmt.Errorf("%w: the most is %s", err, human.Bytes(maxPayload))
			case err != nil:
				return publisher.Message{}, err
			case line < f.From:
				continue
			case !f.jsonLines:
				return publisher.Message{Topic: topic, Data: text, Line: line}, nil
			}
			m, err := jsonLine(text)
			if err != nil {
				return publisher.Message{}, fmt.Errorf("line %d: %s", line, human.Cause(err))
			}
			if m != nil {
				return publisher.Message{Topic: m.Topic, Data: m.Data, Line: line}, nil
			}
		}
	}
	return &Messages{Closer: closers{input, file}, Lines: true, Next: next}
}

// jsonLine reads a line as joltui sub --json prints them, and recordings have them; nil
// is one that is about no message, such as a gap.
func jsonLine(text string) (*jolt.Message, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	e, err := record.ParseLine([]byte(text))
	m, _ := e.Event.(*jolt.Message)
	return m, err
}

// closers are closed together.
type closers []io.Closer

// Close implements io.Closer.
func (c closers) Close() error {
	var all []error
	for _, one := range c {
		all = append(all, one.Close())
	}
	return errors.Join(all...)
}
