package cli

import (
	"testing"

	"joltui/internal/cli/connect"
	"joltui/internal/cli/process"
)

func TestPublishingOptions(t *testing.T) {
	for _, tc := range []struct {
		args             []string
		environ          map[string]string
		confirm, history bool
		editor           string
	}{
		{history: true, editor: "vi"},
		{environ: map[string]string{"JOLT_CONFIRM_PUBLISH": "1", "JOLT_NO_HISTORY": "true"}, confirm: true, editor: "vi"},
		{environ: map[string]string{"EDITOR": "nano", "VISUAL": "code --wait"}, history: true, editor: "code --wait"},
		{environ: map[string]string{"EDITOR": "nano"}, history: true, editor: "nano"},
	} {
		env := process.Env{Getenv: func(k string) string { return tc.environ[k] }}
		var p publishing
		cmd := newWatch(env, "watch")
		cmd.ResetFlags()
		p.flags(cmd.Flags())
		if err := cmd.ParseFlags(tc.args); err != nil {
			t.Fatal(err)
		}
		if _, err := connect.FromEnvironment(cmd, env); err != nil {
			t.Fatal(err)
		}
		o := p.options(env)
		if o.ConfirmPublish != tc.confirm || (p.history() != nil) != tc.history || o.Editor != tc.editor {
			t.Errorf("%v %v: %+v", tc.args, tc.environ, o)
		}
	}
}
