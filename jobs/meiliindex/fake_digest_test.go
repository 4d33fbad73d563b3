package meiliindex_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
)

// fetchDocuments gives documents by their internal order, of the fields that are
// shown only.
func (f *fake) fetchDocuments(r *http.Request, body *json.Decoder) (int, any) {
	index := f.indexes[r.PathValue("uid")]
	if index == nil {
		return 0, &fakeError{404, "index_not_found", "no such index"}
	}
	asked := struct {
		Fields        []string
		Limit, Offset int
	}{Limit: 20}
	if err := body.Decode(&asked); err != nil {
		return 0, &fakeError{400, "malformed_payload", err.Error()}
	}
	ids := slices.Sorted(maps.Keys(index.docs))
	from := min(len(ids), asked.Offset)
	results := []fakeDoc{}
	for _, id := range ids[from:min(len(ids), from+asked.Limit)] {
		doc := fakeDoc{}
		for _, field := range asked.Fields {
			if value, has := index.docs[id][field]; has && slices.Contains(index.settings.Displayed, field) {
				doc[field] = value
			}
		}
		results = append(results, doc)
	}
	return 200, map[string]any{"results": results, "offset": asked.Offset, "limit": asked.Limit, "total": len(ids)}
}
