// Package static serves the style sheet, scripts and pictures. Each has an
// address with a hash of its content, so that browsers keep it for good and a
// new version is a new address.
package static

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"
)

//go:embed *.css *.svg js
var files embed.FS

// Files are the assets by name and by address.
type Files struct {
	address map[string]string // by name
	content map[string][]byte // by address
}

// New reads the embedded files.
func New() (*Files, error) {
	f := &Files{address: map[string]string{}, content: map[string][]byte{}}
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := files.ReadFile(name)
		f.add(name, content)
		return err
	})
	if err == nil {
		f.linkModules()
	}
	return f, err
}

// add names a file after its content: app.css is /static/app.1f2e3d4c.css.
func (f *Files) add(name string, content []byte) {
	sum := sha256.Sum256(content)
	ending := path.Ext(name)
	address := "/static/" + strings.TrimSuffix(name, ending) + "." + hex.EncodeToString(sum[:6]) + ending
	f.address[name], f.content[address] = address, content
}

// linkModules lets the first script import the others by their addresses, and
// renames it after what it has become.
func (f *Files) linkModules() {
	const first = "js/app.js"
	content := f.content[f.address[first]]
	for name, address := range f.address {
		content = bytes.ReplaceAll(content, []byte(`"./`+path.Base(name)+`"`), []byte(`"`+address+`"`))
	}
	delete(f.content, f.address[first])
	f.add(first, content)
}

// URL is the address of a file, or "" for none.
func (f *Files) URL(name string) string { return f.address[name] }

// Addresses lists all files but the service worker, which has an address of its
// own, in their order.
func (f *Files) Addresses() (list []string) {
	for name, address := range f.address {
		if name != "js/sw.js" {
			list = append(list, address)
		}
	}
	slices.Sort(list)
	return list
}

// Content is what a file holds.
func (f *Files) Content(name string) []byte { return f.content[f.address[name]] }

// ServeHTTP answers with a file that never changes, or 404.
func (f *Files) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	content, ok := f.content[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	w.Header().Set("Content-Type", contentType(r.URL.Path))
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}

// contentType does not ask the machine, whose answers differ.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	default:
		return "image/svg+xml"
	}
}
