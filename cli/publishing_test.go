package cli

import "testing"

func TestPublishingOptions(t *testing.T) {
	for _, tc := range []struct {
		args                       []string
		environ                    map[string]string
		readOnly, confirm, history bool
		editor                     string
	}{
		{history: true, editor: "vi"},
		{args: []string{"--read-only"}, history: true, readOnly: true, editor: "vi"},
		{environ: map[string]string{"JOLT_CONFIRM_PUBLISH": "1", "JOLT_NO_HISTORY": "true"}, confirm: true, editor: "vi"},
		{args: []string{"--read-only=false"}, environ: map[string]string{"JOLT_READ_ONLY": "1"}, history: true, editor: "vi"},
		{environ: map[string]string{"EDITOR": "nano", "VISUAL": "code --wait"}, history: true, editor: "code --wait"},
		{environ: map[string]string{"EDITOR": "nano"}, history: true, editor: "nano"},
	} {
		env := Env{Getenv: func(k string) string { return tc.environ[k] }}
		var p publishing
		cmd := newWatch(env, "watch")
		cmd.ResetFlags()
		p.flags(cmd.Flags())
		if err := cmd.ParseFlags(tc.args); err != nil {
			t.Fatal(err)
		}
		if err := fromEnvironment(cmd, env); err != nil {
			t.Fatal(err)
		}
		o := p.options(env)
		if o.ReadOnly != tc.readOnly || o.ConfirmPublish != tc.confirm || (o.History != nil) != tc.history || o.Editor != tc.editor {
			t.Errorf("%v %v: %+v", tc.args, tc.environ, o)
		}
	}
}
