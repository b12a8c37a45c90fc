package handoff

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"

	"taizhang/app/ledger"
)

// WithdrawReceipt removes a receipt that this desk has left beside a bundle: its
// merge was undone, and the sender must not take it for delivered. One that is gone
// is no error. Only a receipt that is sealed to another desk is touched, as those
// are that are written here; CodeReceiptBad otherwise.
func (x *Exchange) WithdrawReceipt(_ context.Context, path string) error {
	ids, err := Identities(x.Home)
	if err != nil {
		return err
	}
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	_, err = ReadReceipt(path, ids)
	if !strings.HasSuffix(strings.ToLower(path), ReceiptExt) || ledger.CodeOf(err) != ledger.CodeBundleNotForUs {
		return ledger.Refuse(ledger.CodeReceiptBad, "path", path)
	}
	if err := os.Remove(path); err != nil {
		return stickFault(path, err)
	}
	return nil
}
