package jobs

import (
	"io"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/tasks"
	"meent/members"
	"meent/payments"
)

// Service holds the verbs of this domain.
type Service struct {
	db       *pgxpool.Pool
	tasks    *tasks.Queue
	people   *members.Service
	payments *payments.Service
	now      func() time.Time
	random   io.Reader
	reading  chan struct{} // one photo at a time
	asked    breaker       // of the index, by pages
	askedFor breaker       // of the index, for news

	vocabulary func() (*Vocabulary, error) // of the program's own skills, read once
}

// People is the domain of the people, for what stands right of here.
func (s *Service) People() *members.Service { return s.people }

// New joins the domain to its database and to what stands left of it. random
// gives the ids; nil means the system's secure source.
func New(db *pgxpool.Pool, queue *tasks.Queue, people *members.Service, money *payments.Service, now func() time.Time, random io.Reader) *Service {
	return &Service{db: db, tasks: queue, people: people, payments: money, now: now, random: random, reading: make(chan struct{}, 1),
		vocabulary: sync.OnceValues(ReadVocabulary)}
}
