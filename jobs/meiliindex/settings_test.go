package meiliindex

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSettings: what the server is told is what was read over and written down for
// this version. A change needs another version, and a file of its own: an index that
// was made with the old settings is left alone then, and a new one filled.
func TestSettings(t *testing.T) {
	got, err := json.MarshalIndent(settings([][]string{{"hovenier", "tuinman"}, {"ramen lappen", "glazenwassen"}}), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join("testdata", "settings_v"+version+".json"))
	if diff := cmp.Diff(string(want), string(got)+"\n"); err != nil || diff != "" {
		t.Errorf("%v; the settings are otherwise than version %s has them (-want +got)\n%s", err, version, diff)
	}
}
