package keys

import "joltui/ui/views/kit"

// Prompt returns the actions of the prompt.
func Prompt() Set[*kit.Prompt] {
	place := Typing("Prompt")
	return Set[*kit.Prompt]{
		{Name: "prompt.accept", Where: place, Key: Bind("enter", "accept", "enter"), Run: Plain((*kit.Prompt).Accept)},
		{Name: "prompt.cancel", Where: place, Key: Bind("esc", "cancel", "esc"), Run: Plain((*kit.Prompt).Cancel)},
		{Name: "prompt.complete", Where: place, Key: Bind("tab", "complete", "tab"), Run: Plain((*kit.Prompt).Complete)},
	}
}

// PromptKeys returns the keys of the actions of a prompt.
func PromptKeys(s Set[*kit.Prompt]) kit.PromptKeys {
	return kit.PromptKeys{Accept: s.Ref("prompt.accept"), Cancel: s.Ref("prompt.cancel"), Complete: s.Ref("prompt.complete")}
}

// Confirm returns the actions of a question that is answered with yes or no.
func Confirm() Set[*kit.Confirm] {
	place := Asking("Question")
	return Set[*kit.Confirm]{
		{Name: "confirm.yes", Where: place, Key: Bind("y", "yes", "y"), Run: Plain((*kit.Confirm).Yes)},
		{Name: "confirm.no", Where: place, Key: Bind("n", "no", "n", "esc"), Run: Do((*kit.Confirm).No)},
	}
}

// ConfirmKeys returns the keys of the actions of such a question.
func ConfirmKeys(s Set[*kit.Confirm]) kit.ConfirmKeys {
	return kit.ConfirmKeys{Yes: s.Ref("confirm.yes"), No: s.Ref("confirm.no")}
}
