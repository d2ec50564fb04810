package io.okxexporter.file;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A task that accesses files, one after another. */
final class FileTask<T> extends FutureTask<T> {
  private final Supplier<Path> currentFile;
  private final Consumer<FileTask<?>> onEnd;

  /**
   * @param currentFile the file being accessed
   * @param onEnd called once, when the task ends
   */
  FileTask(Callable<T> task, Supplier<Path> currentFile, Consumer<FileTask<?>> onEnd) {
    super(task);
    this.currentFile = currentFile;
    this.onEnd = onEnd;
  }

  Path currentFile() {
    return currentFile.get();
  }

  @Override
  protected void done() {
    onEnd.accept(this);
  }
}
