package org.inceptionspark.job.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * On local disks and mounts: a rename replaces, and opening can require that the file does not
 * exist. Not through Hadoop, whose local file system can do neither and adds checksum files.
 */
final class LocalAtomicFiles extends AtomicFiles {
  LocalAtomicFiles(FileSystem local) {
    super(local);
  }

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    java.nio.file.Path target = local(file);
    java.nio.file.Path temporary = target.resolveSibling("." + target.getFileName() + ".new");
    Files.createDirectories(target.getParent());
    Files.write(temporary, content);
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public boolean create(Path file, byte[] content) throws IOException {
    java.nio.file.Path target = local(file);
    Files.createDirectories(target.getParent());
    try {
      Files.write(target, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  @Override
  public byte[] read(Path file) throws IOException {
    try {
      return Files.readAllBytes(local(file));
    } catch (NoSuchFileException e) {
      throw (IOException) new FileNotFoundException(file.toString()).initCause(e);
    }
  }

  private java.nio.file.Path local(Path file) {
    return StoredObjects.local(file.toString(), fileSystem());
  }
}
