package cli

import (
	"errors"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"joltui/broker/brokertest"
)

// await waits until a file, or what HTTP answers at a URL, matches, and keeps what
// the first group matched: await FILE|URL REGEXP [VARIABLE].
func await(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 || len(args) > 3 {
		ts.Fatalf("usage: await FILE|URL REGEXP [VARIABLE]")
	}
	wanted, err := regexp.Compile("(?m)" + args[1])
	ts.Check(err)
	read := func() ([]byte, error) { return os.ReadFile(ts.MkAbs(args[0])) }
	if strings.HasPrefix(args[0], "http://") {
		read = func() ([]byte, error) { return get(args[0]) }
	}
	tick, late := time.NewTicker(time.Millisecond), time.After(20*time.Second)
	defer tick.Stop()
	for {
		got, err := read()
		if found := wanted.FindSubmatch(got); found != nil {
			if len(args) == 3 {
				ts.Setenv(args[2], string(found[1]))
			}
			return
		}
		select {
		case <-tick.C:
		case <-late:
			ts.Fatalf("waited in vain for %s in %s: %v\n%s", args[1], args[0], err, got)
		}
	}
}

func get(url string) ([]byte, error) {
	answer, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	return io.ReadAll(answer.Body)
}

// issue writes a new certificate, which AUTHORITY signs, and its key: issue HOST CERT KEY.
func issue(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: issue HOST CERT KEY")
	}
	pair := ts.Value("authority").(*brokertest.Authority).Issue(args[0], time.Now().Add(time.Hour))
	ts.Check(errors.Join(
		os.Rename(pair.CertFile, ts.MkAbs(args[1])),
		os.Rename(pair.KeyFile, ts.MkAbs(args[2]))))
}
