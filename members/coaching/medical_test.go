package coaching_test

import (
	"encoding/csv"
	"os"
	"slices"
	"testing"

	"meent/members/coaching"
)

// sentences reads language, yes or no, and the sentence.
func sentences(t *testing.T, name string) [][]string {
	t.Helper()
	file, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

// TestMedicalWords: at least nine of ten are right both ways, of the sixty that
// were written before the list, and of all together. Those held back were
// written after it; of them 35 of 40 were right the first time.
func TestMedicalWords(t *testing.T) {
	right, all := map[string]int{}, map[string]int{}
	for _, name := range []string{"medical_sentences.csv", "medical_held_back.csv", "medical_held_back_again.csv"} {
		for _, row := range sentences(t, name) {
			found := coaching.MedicalWords(row[2])
			all[row[1]]++
			if (len(found) > 0) == (row[1] == "yes") {
				right[row[1]]++
			} else {
				t.Logf("wrong: %q %q", row[2], found)
			}
		}
		t.Logf("up to %s: medical %d of %d, innocent %d of %d", name, right["yes"], all["yes"], right["no"], all["no"])
		for kind, n := range all {
			if n < 30 || right[kind]*10 < n*9 {
				t.Errorf("up to %s: of %q only %d of %d are right", name, kind, right[kind], n)
			}
		}
	}
}

func TestMedicalWordsAreThoseTyped(t *testing.T) {
	for text, want := range map[string][]string{
		"":                              nil,
		"Rug-klachten en RUGKLACHTEN.":  {"Rug-klachten", "RUGKLACHTEN"},
		"Burn-out, burnout; burn-out!":  {"Burn-out", "burnout", "burn-out"},
		"Hij hoort stemmen, zegt hij.":  {"hoort stemmen"},
		"terug, pilot, lijst, \xff, --": nil,
		"depress\u00efef":               {"depressïef"},
		"ziek gemeld, griep":            {"griep"},
		"zij 'depressie'":               {"depressie"},
	} {
		if got := coaching.MedicalWords(text); !slices.Equal(got, want) {
			t.Errorf("%q gave %q, want %q", text, got, want)
		}
	}
}
