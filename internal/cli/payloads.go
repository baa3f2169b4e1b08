package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"time"
	"unicode/utf8"

	"github.com/spf13/pflag"

	"joltui/internal/human"
	"joltui/internal/template"
)

// maxPayload is the longest payload that is read, in bytes; brokers take less.
const maxPayload = 64 << 20

// payloadFlags say what the messages are made of.
type payloadFlags struct {
	file     string
	lines    bool
	template bool
	count    int
}

func (f *payloadFlags) flags(fs *pflag.FlagSet) {
	fs.VarP((*pathValue)(&f.file), "file", "f", "publish what is in this file, to the last byte")
	fs.BoolVarP(&f.lines, "lines", "l", false, "make a message of each line of stdin, or of --file")
	fs.BoolVar(&f.template, "template", false, "replace {{.Count}} and the like in each message")
	fs.IntVarP(&f.count, "count", "n", 1, "publish it so many times; 0 goes on until ctrl+c")
}

// payloads are the messages to be published, one after the other.
type payloads struct {
	io.Closer
	single bool // there is only one
	total  int  // 0 is not known
	next   func() (string, error)
}

// open finds what is to be published.
func (f *payloadFlags) open(env Env, args []string) (*payloads, error) {
	switch {
	case f.file != "" && len(args) > 0:
		return nil, usageError("--file and a payload exclude each other")
	case f.file == "" && len(args) == 0 && !f.lines:
		return nil, usageError("nothing to publish: give a payload, - for stdin, --lines or --file; '' is an empty payload")
	case f.lines && len(args) > 0 && args[0] != "-":
		return nil, usageError("--lines reads stdin or --file: leave the payload out")
	case f.lines && f.count != 1:
		return nil, usageError("--lines and --count exclude each other")
	case f.count < 0:
		return nil, usageError("--count %d must not be negative", f.count)
	}
	if !f.lines && f.file == "" && args[0] != "-" {
		return f.repeated(args[0])
	}
	input, name := io.ReadCloser(io.NopCloser(env.Stdin)), "stdin"
	if f.file != "" {
		file, err := os.Open(f.file)
		if err != nil {
			return nil, usageError("--file: %w", err)
		}
		input, name = file, f.file
	}
	if f.lines {
		return f.each(input)
	}
	defer input.Close()
	data, err := io.ReadAll(io.LimitReader(input, maxPayload+1))
	switch {
	case err != nil:
		return nil, usageError("%s: %w", name, err)
	case len(data) > maxPayload:
		return nil, usageError("%s is longer than %s", name, human.Bytes(maxPayload))
	}
	return f.repeated(string(data))
}

// repeated is one payload, as often as was asked for.
func (f *payloadFlags) repeated(data string) (*payloads, error) {
	if i := invalidAt(data); i >= 0 {
		return nil, usageError("the payload is not valid UTF-8 at byte %d: the protocol carries text", i+1)
	}
	fill, err := f.fill(data)
	if err != nil {
		return nil, err
	}
	n := 0
	return &payloads{Closer: io.NopCloser(nil), single: f.count == 1, total: f.count, next: func() (string, error) {
		if f.count > 0 && n == f.count {
			return "", io.EOF
		}
		n++
		return fill(uint64(n))
	}}, nil
}

// fill returns what makes message n of a payload.
func (f *payloadFlags) fill(data string) (func(n uint64) (string, error), error) {
	if !f.template {
		return func(uint64) (string, error) { return data, nil }, nil
	}
	t, err := template.Parse(data)
	if err != nil {
		return nil, usageError("--template: %w", err)
	}
	var seed [32]byte
	for i := range seed {
		seed[i] = byte(rand.Uint32())
	}
	source := template.Source{Now: time.Now, Random: rand.NewChaCha8(seed)}
	return func(n uint64) (string, error) { return t.Execute(n, source) }, nil
}

// each is a payload for each line of input. Line ends do not belong to it.
func (f *payloadFlags) each(input io.ReadCloser) (*payloads, error) {
	if f.template {
		return nil, usageError("--lines and --template exclude each other")
	}
	lines := bufio.NewScanner(input)
	lines.Buffer(make([]byte, 64<<10), maxPayload)
	n := 0
	return &payloads{Closer: input, next: func() (string, error) {
		n++
		if lines.Scan() {
			return lines.Text(), nil
		}
		err := lines.Err()
		if errors.Is(err, bufio.ErrTooLong) {
			err = fmt.Errorf("longer than %s", human.Bytes(maxPayload))
		}
		if err != nil {
			return "", fmt.Errorf("line %d: %w", n, err)
		}
		return "", io.EOF
	}}, nil
}

// invalidAt is where text stops being UTF-8; -1 where it does not.
func invalidAt(text string) int {
	for i, r := range text {
		if _, size := utf8.DecodeRuneInString(text[i:]); r == utf8.RuneError && size == 1 {
			return i
		}
	}
	return -1
}
