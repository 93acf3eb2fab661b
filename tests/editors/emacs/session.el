;;; What a user of Eglot sees, who has configured it as docs/editors.md says.  -*- lexical-binding: t -*-

(require 'eglot)
(require 'flymake)
(require 'json)

(defvar told nil "What was seen, for the report.")
(defvar patience 240 "Seconds; a loaded machine is slow.")

(defun note (key value)
  (push (cons key value) told))

(defun wait-for (what look)
  "Wait until LOOK returns something, and return that; note that WHAT is missing if it never does."
  (let ((end (+ (float-time) patience)) found)
    (while (and (not (setq found (funcall look))) (< (float-time) end))
      (accept-process-output nil 0.05))
    (unless found (note 'missing what))
    found))

;; What a user would choose from the menu of code actions.
(defun first-repair (_prompt choices &rest _)
  (let ((title (seq-find (lambda (title) (string-prefix-p "Repair: " title))
                         (mapcar (lambda (choice) (if (consp choice) (car choice) choice)) choices))))
    (note 'action title)
    title))

(defun work ()
  (load (getenv "CONFIGURATION") nil t)
  (find-file (getenv "PROGRAM"))
  (run-hooks 'post-command-hook) ; Eglot starts after the command, of which there are none in batch mode
  (let ((found (wait-for "a diagnostic" (lambda () (car (flymake-diagnostics))))))
    (note 'diagnostic (flymake-diagnostic-text found))
    (goto-char (flymake-diagnostic-beg found))
    (note 'line (1- (line-number-at-pos)))
    (let (shown)
      (eglot-hover-eldoc-function (lambda (text &rest _) (setq shown text)))
      (note 'hover (substring-no-properties (wait-for "hover" (lambda () shown)))))
    (cl-letf (((symbol-function 'completing-read) #'first-repair)
              (last-nonmenu-event t)) ; by key, not by mouse
      (eglot-code-actions (point) nil nil t))
    (save-buffer) ; what changed is sent when Emacs is idle, which it never is in batch mode, or saves
    (wait-for "a clean file" (lambda () (null (flymake-diagnostics))))
    (note 'text (buffer-string))))

(condition-case problem (work) (error (note 'problem (format "%S" problem))))
(with-temp-file (getenv "REPORT") (insert (json-encode told)))
(kill-emacs 0)
