package payments

import (
	"io"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Service holds the verbs of this domain.
type Service struct {
	db     *pgxpool.Pool
	now    func() time.Time
	random io.Reader
}

// New joins the domain to its database. random gives the ids; nil means the
// system's secure source.
func New(db *pgxpool.Pool, now func() time.Time, random io.Reader) *Service {
	return &Service{db: db, now: now, random: random}
}
