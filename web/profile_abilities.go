package web

import (
	"strconv"
	"strings"

	"meent/members"
)

func beginAbilities(f *form, k known) {
	for code, strength := range k.Abilities {
		f.set("ability-"+code, string(strength))
	}
}

// readAbilities leaves out what does not matter.
func readAbilities(f *form, _ known) members.Answer {
	abilities := members.Abilities{}
	for field := range f.values {
		code, ok := strings.CutPrefix(field, "ability-")
		if strength := f.text(field); ok && strength != "" && strength != noMatter {
			abilities[code] = members.Strength(strength)
		}
	}
	return abilities
}

// noMatter stands for an ability that is neither needed nor preferred.
const noMatter = "no"

func saysAbilities(r *request, k known) (lines []string) {
	list, _ := members.AbilityList() // of our own file; a test reads it
	for _, strength := range []members.Strength{members.Must, members.Prefer} {
		for _, a := range list {
			if k.Abilities[a.Code] == strength {
				lines = append(lines, a.Label(r.words.Locale)+" "+r.words.With("profile.says."+string(strength), nil))
			}
		}
	}
	return lines
}

func loadParts() []string { return []string{"physical", "sensory", "mental"} }

func (k known) loads() []int { return []int{k.Load.Physical, k.Load.Sensory, k.Load.Mental} }

func beginLoad(f *form, k known) {
	for i, n := range k.loads() {
		if n > 0 {
			f.set(loadParts()[i], strconv.Itoa(n))
		}
	}
}

func readLoad(f *form, _ known) members.Answer {
	return members.Load{Physical: f.choice("physical"), Sensory: f.choice("sensory"), Mental: f.choice("mental")}
}

// choice reads one of a few numbers; nothing chosen is a problem at the field.
func (f *form) choice(field string) int {
	n, err := strconv.Atoi(f.text(field))
	if err != nil {
		f.problems.Add(field, "not_a_choice", nil)
	}
	return n
}

func saysLoad(r *request, k known) (lines []string) {
	for i, n := range k.loads() {
		if part := loadParts()[i]; n > 0 {
			lines = append(lines, r.words.With("profile.load."+part, nil)+": "+r.loadWord(part, n))
		}
	}
	return lines
}

func (r *request) loadWord(part string, n int) string {
	return r.words.With("profile.load_"+part+".l"+strconv.Itoa(n), nil)
}

func saysSupport(r *request, k known) []string {
	if k.Support == "" {
		return nil
	}
	return []string{r.words.With("profile.support."+string(k.Support), nil)}
}

func saysCertificate(r *request, k known) []string {
	if k.Certificate == "" {
		return nil
	}
	return []string{r.words.With("profile.certificate."+string(k.Certificate), nil)}
}
