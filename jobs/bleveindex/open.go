package bleveindex

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bolt "go.etcd.io/bbolt/errors"
)

// version changes with every change of the mapping, the entries or the cards.
const version = "3"

const (
	versionKey = "version"
	name       = "gigs.bleve" // in the folder; nothing else there is touched
	patience   = "2s"         // for another program to let go of the folder
)

// settings let a change be found at once and reach the disk a moment later,
// several together: a file for each would cost more than all else. So a crash
// may lose the newest changes; whoever opens an index fills it anew.
func settings() map[string]any {
	return map[string]any{
		"bolt_timeout": patience, "unsafe_batch": true,
		"scorchPersisterOptions": map[string]any{"PersisterNapTimeMSec": 250, "PersisterNapUnderNumFiles": 1000},
	}
}

// Open opens the index in the folder, and makes it when it is not there, is of
// another version or cannot be read. Without a folder it makes one that Close
// removes: Bleve's own index in memory is over ten times slower.
func Open(folder string) (*Index, error) {
	if folder == "" {
		return openPassing()
	}
	path := filepath.Join(folder, name)
	opened, err := bleve.OpenUsing(path, settings())
	switch {
	case locked(err):
		return nil, fmt.Errorf("bleveindex: another program has %s open: %w", path, err)
	case err != nil:
		return remake(path)
	case !current(opened):
		if err := opened.Close(); err != nil {
			return nil, err
		}
		return remake(path)
	}
	return &Index{bleve: opened}, nil
}

// openPassing opens an index that is gone after Close.
func openPassing() (*Index, error) {
	folder, err := os.MkdirTemp("", "meent-index-")
	if err != nil {
		return nil, err
	}
	index, err := Open(folder)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	index.passing = folder
	return index, nil
}

// locked reports that another program has the folder open. With every other
// error what is there is of no use.
func locked(err error) bool { return errors.Is(err, bolt.ErrTimeout) }

func current(opened bleve.Index) bool {
	stored, err := opened.GetInternal([]byte(versionKey))
	return err == nil && string(stored) == version
}

// remake starts an empty index in place of what stands at the path.
func remake(path string) (*Index, error) {
	if err := os.RemoveAll(path); err != nil {
		return nil, err
	}
	made, err := bleve.NewUsing(path, newMapping(), scorch.Name, scorch.Name, settings())
	if err != nil {
		return nil, fmt.Errorf("bleveindex: %s: %w", path, err)
	}
	if err := made.SetInternal([]byte(versionKey), []byte(version)); err != nil {
		return nil, errors.Join(err, made.Close())
	}
	return &Index{bleve: made}, nil
}
