package matching

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strconv"

	"meent/internal/vault"
)

// A sealed file is pieces, each sealed with its number, of which one is the last: what
// was changed, cut off, put in another order or taken from another file does not open.
const (
	pieceSize = 1 << 20
	mostPiece = pieceSize + 64 // with what sealing adds
)

func piece(of string, number int, last bool) []string {
	return []string{"matching.keeper", of, strconv.Itoa(number), strconv.FormatBool(last)}
}

// sealing writes a file that only its key opens. Close writes the end.
type sealing struct {
	to     io.Writer
	key    vault.Key
	of     string // whose file it is
	buffer bytes.Buffer
	number int
}

func (s *sealing) Write(p []byte) (n int, err error) {
	for n = len(p); len(p) > 0 && err == nil; {
		some := min(len(p), pieceSize-s.buffer.Len())
		s.buffer.Write(p[:some])
		if p = p[some:]; s.buffer.Len() == pieceSize {
			err = s.flush(false)
		}
	}
	return n, err
}

func (s *sealing) flush(last bool) error {
	sealed := s.key.Seal(s.buffer.Bytes(), piece(s.of, s.number, last)...)
	if err := binary.Write(s.to, binary.LittleEndian, uint32(len(sealed))); err != nil {
		return err
	}
	s.number++
	s.buffer.Reset()
	_, err := s.to.Write(sealed)
	return err
}

// Close writes the last piece, which may be empty.
func (s *sealing) Close() error { return s.flush(true) }

// opening reads it. It ends with io.EOF only after the last piece.
type opening struct {
	from   io.Reader
	key    vault.Key
	of     string
	left   []byte
	number int
	last   bool
}

var errNotWhole = errors.New("the file is not whole")

func (o *opening) Read(p []byte) (int, error) {
	for len(o.left) == 0 {
		if o.last {
			return 0, o.ends()
		}
		if err := o.next(); err != nil {
			return 0, err
		}
	}
	n := copy(p, o.left)
	o.left = o.left[n:]
	return n, nil
}

// ends is io.EOF where nothing follows.
func (o *opening) ends() error {
	if n, _ := io.ReadFull(o.from, make([]byte, 1)); n > 0 {
		return errNotWhole
	}
	return io.EOF
}

func (o *opening) next() error {
	var size uint32
	if err := binary.Read(o.from, binary.LittleEndian, &size); err != nil || size > mostPiece {
		return errNotWhole
	}
	sealed := make([]byte, size)
	if _, err := io.ReadFull(o.from, sealed); err != nil {
		return errNotWhole
	}
	plain, err := o.key.Open(sealed, piece(o.of, o.number, false)...)
	if err != nil {
		plain, err = o.key.Open(sealed, piece(o.of, o.number, true)...)
		o.last = err == nil
	}
	o.number++
	o.left = plain
	return err
}
