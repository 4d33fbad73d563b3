package bleveindex

import (
	"sync"

	"meent/jobs"
)

// puts are documents that wait to be written.
type puts struct {
	mu   sync.Mutex
	list []*put
}

// put is what one caller brought. done and err are guarded by Index.write.
type put struct {
	docs []jobs.Document
	done bool
	err  error
}

func (p *puts) add(docs []jobs.Document) *put {
	p.mu.Lock()
	defer p.mu.Unlock()
	one := &put{docs: docs}
	p.list = append(p.list, one)
	return one
}

// take gives all that wait, in the order in which they came.
func (p *puts) take() []*put {
	p.mu.Lock()
	defer p.mu.Unlock()
	list := p.list
	p.list = nil
	return list
}

func together(list []*put) (docs []jobs.Document) {
	for _, one := range list {
		docs = append(docs, one.docs...)
	}
	return docs
}
