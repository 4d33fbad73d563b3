package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/internal/photo"
	"meent/members"
)

// PhotoID identifies a photo.
type PhotoID = id.Of[Photo]

// Photo is a picture of the place or the work, without its bytes.
type Photo struct {
	ID            PhotoID
	Alt           string // what is on it
	Width, Height int    // of the large one
}

// NewPhoto is a photo as it is sent.
type NewPhoto struct {
	ID   PhotoID // drawn by whoever asks, so that asking twice adds one; zero: drawn here
	Data []byte
	Alt  string
}

// The most that a gig has of photos.
const (
	MostPhotos = 4
	MostAlt    = 120
)

// AddPhoto adds a photo to a gig that the actor runs: see runTx. It returns
// check.Problems at photo and alt.
func (s *Service) AddPhoto(ctx context.Context, by members.Actor, gig GigID, n NewPhoto) error {
	if n.ID.IsZero() {
		n.ID = id.New[Photo](s.random)
	}
	picture, err := s.readPhoto(ctx, n)
	if err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		g, err := s.runTx(ctx, tx, by, gig)
		if err != nil {
			return err
		}
		added, err := s.addPhotoTx(ctx, tx, by, g, n, picture)
		if err != nil || !added {
			return err
		}
		return s.photosChangedTx(ctx, tx, by, g)
	})
}

func (s *Service) addPhotoTx(ctx context.Context, tx pgx.Tx, by members.Actor, g running, n NewPhoto, picture photo.Photo) (added bool, err error) {
	there, err := hasPhoto(ctx, tx, by, g.id, n.ID)
	if err != nil || there {
		return false, err
	}
	count, err := countPhotos(ctx, tx, by, g.id)
	if err != nil {
		return false, err
	}
	if count >= MostPhotos {
		return false, check.Problems{{Field: "photo", Rule: "too_many", Args: map[string]any{"Max": MostPhotos}}}
	}
	return true, insertPhoto(ctx, tx, by, g.id, n, picture, s.now())
}

// photosChangedTx tells of other photos, or notes that somebody was at a draft.
func (s *Service) photosChangedTx(ctx context.Context, tx pgx.Tx, by members.Actor, g running) error {
	if err := touchDraft(ctx, tx, by, g.id, s.now()); err != nil {
		return err
	}
	return s.noteChangeTx(ctx, tx, by, g, Change{Photos: true}, map[string]string{"part": string(Pictures)})
}

// readPhoto waits for its turn: pictures take much memory while they are read.
func (s *Service) readPhoto(ctx context.Context, n NewPhoto) (p photo.Photo, err error) {
	var wrong check.Problems
	wrong.Text("alt", n.Alt, 1, MostAlt)
	select {
	case s.reading <- struct{}{}:
		defer func() { <-s.reading }()
	case <-ctx.Done():
		return p, ctx.Err()
	}
	p, err = photo.Read(n.Data)
	switch {
	case errors.Is(err, photo.ErrKind):
		wrong.Add("photo", "not_a_photo", nil)
	case errors.Is(err, photo.ErrBroken):
		wrong.Add("photo", "broken_photo", nil)
	case errors.Is(err, photo.ErrLarge):
		wrong.Add("photo", "large_photo", map[string]any{"Megabytes": photo.MostBytes >> 20, "Megapixels": photo.MostPixels / 1_000_000})
	case err != nil:
		return p, err
	}
	return p, wrong.Err()
}

// RemovePhoto takes a photo away from a gig that the actor runs: see runTx. One
// that is not there is members.ErrNotFound.
func (s *Service) RemovePhoto(ctx context.Context, by members.Actor, gig GigID, p PhotoID) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		g, err := s.runTx(ctx, tx, by, gig)
		if err != nil {
			return err
		}
		if err := deletePhoto(ctx, tx, by, gig, p); err != nil {
			return err
		}
		return s.photosChangedTx(ctx, tx, by, g)
	})
}

// PhotoBytes gives a photo of the gig as a JPEG. The caller has seen that the actor
// sees the gig. It returns members.ErrNotFound.
func (s *Service) PhotoBytes(ctx context.Context, by members.Actor, gig GigID, p PhotoID, small bool) ([]byte, error) {
	return findPhoto(ctx, s.db, by, gig, p, small)
}

// copyPhotosTx gives a draft the photos of an earlier gig of the same client.
func (s *Service) copyPhotosTx(ctx context.Context, tx pgx.Tx, by members.Actor, from, to GigID, now time.Time) error {
	list, err := listPhotos(ctx, tx, by.Cooperative, from)
	if err != nil {
		return err
	}
	for i, p := range list {
		at := now.Add(time.Duration(i) * time.Microsecond) // in the same order
		if err := copyPhoto(ctx, tx, by, p.ID, id.New[Photo](s.random), to, at); err != nil {
			return err
		}
	}
	return nil
}
