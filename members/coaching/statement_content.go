package coaching

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"meent/members"
)

// Content is all that a statement says. It has no ids and no map, so that the
// same content is always the same JSON; what it is made of changes later, it does
// not. There is no medical field, and there will be none.
type Content struct {
	Cooperative string       `json:"cooperative"`
	Member      string       `json:"member"`
	Coach       string       `json:"coach"`
	FunderKind  FunderKind   `json:"funder_kind"`
	Funder      string       `json:"funder"` // its name; empty for UWV
	From        members.Day  `json:"from"`
	Until       members.Day  `json:"until"`
	Summary     string       `json:"summary"`
	Goals       []SaidGoal   `json:"goals"`
	Contacts    []SaidHelp   `json:"contacts"` // the oldest first
	Hours       []SaidMonth  `json:"hours"`
	Rungs       []SaidRung   `json:"rungs"` // the oldest first; the first may be of before the period
	Forms       []SaidScores `json:"forms"` // the member's first
}

// SaidGoal is a goal of a statement.
type SaidGoal struct {
	Text  string      `json:"text"`
	State GoalState   `json:"state"`
	Aim   members.Day `json:"aim"`
	Made  members.Day `json:"made"`
	Ended members.Day `json:"ended"`
	Steps []SaidStep  `json:"steps"`
}

// SaidStep is a step of a goal.
type SaidStep struct {
	Text string      `json:"text"`
	Done members.Day `json:"done"`
}

// SaidHelp is a contact of a statement.
type SaidHelp struct {
	Day     members.Day `json:"day"`
	By      string      `json:"by"`
	Kind    ContactKind `json:"kind"`
	Minutes int         `json:"minutes"`
	Goal    string      `json:"goal"`
	Why     string      `json:"why"`
	Next    string      `json:"next"`
}

// SaidMonth is what a member worked in a month: hours that both sides agreed.
type SaidMonth struct {
	Month   string `json:"month"` // 2026-11
	Times   int    `json:"times"`
	Minutes int    `json:"minutes"`
}

// SaidRung is where the member stood on the ladder.
type SaidRung struct {
	Day      members.Day `json:"day"`
	Step     int         `json:"step"`
	Occasion Occasion    `json:"occasion"`
	By       string      `json:"by"`
	With     string      `json:"with"`
}

// SaidScores is a form about the help, filled in or not.
type SaidScores struct {
	By     FormKind    `json:"by"`
	Client string      `json:"client"`
	Asked  members.Day `json:"asked"`
	Given  members.Day `json:"given"` // empty: it was not filled in
	Scores Scores      `json:"scores"`
	Words  string      `json:"words"`
}

// canonical is the content as it is hashed and kept.
func (c Content) canonical() ([]byte, error) { return json.Marshal(c) }

// hash names the content.
func (c Content) hash() (string, error) {
	text, err := c.canonical()
	if err != nil {
		return "", err
	}
	return hashOf(text), nil
}

func hashOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// Code is the beginning of a hash, short enough to compare by eye.
func Code(hash string) string {
	hash = strings.ToUpper(hash)
	if len(hash) < 12 {
		return hash
	}
	return hash[:4] + "-" + hash[4:8] + "-" + hash[8:12]
}

// HelpMinutes is how long the coach helped.
func (c Content) HelpMinutes() (sum int) {
	for _, one := range c.Contacts {
		sum += one.Minutes
	}
	return sum
}

// WorkMinutes is how long the member worked.
func (c Content) WorkMinutes() (sum int) {
	for _, one := range c.Hours {
		sum += one.Minutes
	}
	return sum
}

// GoalsIn are the goals in a state.
func (c Content) GoalsIn(state GoalState) (list []SaidGoal) {
	for _, g := range c.Goals {
		if g.State == state {
			list = append(list, g)
		}
	}
	return list
}

// Mean is the mean of the forms that were filled in by one side, in tenths; of
// both sides when it is empty. It is zero when nobody did.
func (c Content) Mean(by FormKind) int {
	sum, n := 0, 0
	for _, f := range c.Forms {
		if f.Given != "" && (by == "" || f.By == by) {
			sum, n = sum+f.Scores.sum(), n+scoreCount
		}
	}
	return tenths(sum, n)
}

// words are all texts that somebody wrote.
func (c Content) words() (list []string) {
	list = append(list, c.Summary)
	for _, g := range c.Goals {
		list = append(list, g.Text)
		for _, s := range g.Steps {
			list = append(list, s.Text)
		}
	}
	for _, k := range c.Contacts {
		list = append(list, k.Why, k.Next)
	}
	for _, f := range c.Forms {
		list = append(list, f.Words)
	}
	return list
}

// medicalIn gives the words of these texts that look medical, each once.
func medicalIn(texts ...string) (found []string) {
	for _, text := range texts { // one by one: no words reach over two texts
		for _, word := range MedicalWords(text) {
			if !slices.Contains(found, word) {
				found = append(found, word)
			}
		}
	}
	return found
}
